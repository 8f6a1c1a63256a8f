"""A run that is cut off keeps its finished blocks and goes on where it stopped."""

import numpy as np
import pytest

import winset
from winset.ask import follow as following
from winset.ask.kept import kept_in
from winset.errors import AskError

ASK = {"n": 24, "quarters": 6, "paces": ()}


@pytest.fixture(scope="module")
def case():
    return winset.load("trilateral-2022")


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(following, "BLOCK", 8)


def cut_after(worlds):
    def progress(done, total):
        assert done <= total
        if done >= worlds:
            raise KeyboardInterrupt

    return progress


def same(one, other):
    return all(
        one.table(name).csv() == other.table(name).csv() for name in one.tables
    ) and np.array_equal(one.followed.depth, other.followed.depth)


def test_an_interrupt_keeps_the_blocks_that_are_finished(case):
    whole = winset.path(case, "smith", **ASK)
    part = winset.path(case, "smith", **ASK, progress=cut_after(16))
    assert part.run.worlds == 16
    assert part.run.asked == 24
    assert np.array_equal(part.followed.depth, whole.followed.depth[:16])


def test_an_interrupt_before_the_first_block_ends_the_run(case, monkeypatch):
    def cut(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(following, "_follow_block", cut)
    with pytest.raises(KeyboardInterrupt):
        winset.path(case, "smith", **ASK)


def test_a_run_taken_up_again_gives_the_identical_answer(case, tmp_path, monkeypatch):
    whole = winset.path(case, "smith", **ASK)
    folder = tmp_path / "kept"
    winset.path(case, "smith", **ASK, keep=folder, progress=cut_after(8))
    blocks = sorted(path.name for path in folder.glob("*.npz"))
    assert blocks == ["block-0000000.npz"]
    asked = []
    plain = following._follow_block
    monkeypatch.setattr(
        following, "_follow_block", lambda *given: (asked.append(given[3]), plain(*given))
    )
    again = winset.path(case, "smith", **ASK, keep=folder)
    assert asked == [(8, 16), (16, 24)]
    assert same(again, whole)


def test_weigh_goes_on_too(case, tmp_path):
    ask = {"n": 16, "quarters": 4}
    whole = winset.weigh(case, **ask)
    winset.weigh(case, **ask, keep=tmp_path / "kept", progress=cut_after(8))
    again = winset.weigh(case, **ask, keep=tmp_path / "kept")
    assert all(again.table(name).csv() == whole.table(name).csv() for name in whole.tables)


def test_blocks_of_another_run_are_not_taken(case, tmp_path):
    folder = tmp_path / "kept"
    winset.path(case, "smith", **ASK, keep=folder)
    with pytest.raises(AskError, match=r"another run \(rng differ\)"):
        winset.path(case, "smith", **ASK, rng=2, keep=folder)
    with pytest.raises(AskError, match="programmes differ"):
        winset.path(case, "klinck", **ASK, keep=folder)


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(AskError, match="holds no blocks"):
        kept_in(tmp_path, {"rng": 1})
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_spoilt_block_is_named(case, tmp_path):
    folder = tmp_path / "kept"
    winset.path(case, "smith", **ASK, keep=folder)
    (folder / "block-0000008.npz").write_bytes(b"no")
    with pytest.raises(AskError, match=r"block-0000008\.npz cannot be read"):
        winset.path(case, "smith", **ASK, keep=folder)
