"""What a reader must know before using a number of the warning model."""

from __future__ import annotations

from winset.effects.contract import Card, Input, Output

INPUTS = (
    Input(
        "mask",
        "deg",
        1,
        1.5,
        3,
        "A",
        "least elevation of a radar on land; at 1.5 Korean radars see all ten low flights of 2019",
    ),
    Input("boost", "s", 60, 120, 190, "X", "published durations less free flight, see flights.csv"),
    Input("confirm", "s", 10, 20, 40, "A", "from first sight to a usable track"),
    Input("process", "s", 2, 5, 10, "A", "from a sensor to its own national picture"),
    Input("up", "share", 0.75, 0.9, 0.98, "A", "share of the time a sensor is ready"),
    Input("cue_sight", "s", 30, 50, 90, "A", "from launch to the US launch cue"),
    Input("cue_relay", "s", 10, 30, 90, "A", "from the cue to each ally, existing two-way feeds"),
    Input("cue_held", "share", 0.85, 0.95, 1, "A", "share of launches with a cue"),
    Input("cue_silence", "share", 0.3, 0.6, 0.9, "A", "false tracks dropped for want of a cue"),
    Input("steering", "share", 0.02, 0.05, 0.15, "A", "of the range: how far low flights stray"),
    Input("consult", "s", 0, 20, 60, "A", "extra time for one common assessment"),
    Input("range_spread", "share", 0.01, 0.03, 0.06, "A", "spread of range and apogee in a class"),
    Input("azimuth_spread", "deg", 0.5, 2, 5, "A", "spread of direction in a class"),
)

CARD = Card(
    id="warning",
    question="What does sharing missile warning data change for each party, and for whom?",
    baseline=(
        "two-way feeds with the United States as they exist: the launch cue to both allies, forward "
        "radars in Japan to Tokyo, both allies' radars to Washington"
    ),
    rungs=("none", "after", "observers", "hub", "direct"),
    inputs=INPUTS,
    outputs=(
        Output("warning_s", "s", "more", "warning time at threatened regions warned in both cases"),
        Output("held", "share", "more", "launches of which both allies hold a track in time"),
        Output(
            "shared", "share", "more", "launches with the same correct picture in both capitals"
        ),
        Output("wrong", "share", "less", "launches followed by an alert for a region not at risk"),
        Output("missed", "share", "less", "threatened regions without an alert in time"),
    ),
    claims=(
        (
            "How the order of events, and so coverage, counts and wrong alerts, differ between forms of "
            "sharing, over wide brackets of what is not public."
        ),
        "Which part of the time is geometry, which is relay and which is human.",
    ),
    does_not_claim=(
        (
            "No performance of any real sensor: reach is a bracket, errors are textbook values, places "
            "are towns or regions."
        ),
        "Nothing about interception, and nothing about what a sensor would fail to see.",
        (
            "Ships, aircraft and satellites other than the launch cue are left out, so coverage without "
            "sharing is understated."
        ),
        "Low flights are parabolas through published figures; steered flights last longer.",
        "The Earth does not turn: an eastward flight of 1000 km lasts about 15 s longer.",
    ),
    gates=(
        ("identities", "closed forms against numerical integration to 0.1 s; minimum-energy table"),
        ("oracle", "impact errors against a sequential Kalman filter and integrated flights"),
        (
            "events",
            (
                "published flights and overflights; of the low flights of 2019 the order only: Seoul's "
                "radars see all ten, the model's land radars in Japan see fewer than Japan reported"
            ),
        ),
        (
            "null model",
            (
                "not passed: too few national counts are published to score against a base rate, so it "
                "gives ranges only"
            ),
        ),
    ),
    null_beaten=False,
)
