(() => {
  let from = null;
  const panel = document.createElement("aside");
  panel.id = "panel";
  panel.hidden = true;
  panel.setAttribute("aria-label", WORDS.panel);
  document.body.append(panel);
  const reveal = (target) => {
    for (let node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
  };
  const close = () => {
    panel.hidden = true;
    if (from) from.focus();
    from = null;
  };
  const show = (target, link) => {
    const note = target.closest(".traces details");
    if (!note) return false;
    const copy = note.cloneNode(true);
    if (target !== note) {
      const hit = [...copy.querySelectorAll("[id]")].find((node) => node.id === target.id);
      if (hit) hit.className = "hit";
    }
    for (const node of [copy, ...copy.querySelectorAll("[id]")]) node.removeAttribute("id");
    for (const node of copy.querySelectorAll(".back")) node.remove();
    const body = document.createElement("div");
    const title = document.createElement("h2");
    title.tabIndex = -1;
    title.append(...copy.querySelector("summary").childNodes);
    copy.querySelector("summary").remove();
    const shown = document.createElement("p");
    shown.className = "shown";
    shown.textContent = link.innerText.replace(/\s+/g, " ");
    body.append(title, shown, ...copy.childNodes);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = WORDS.close;
    button.onclick = close;
    panel.replaceChildren(button, body);
    panel.hidden = false;
    if (!panel.contains(link)) from = link;
    title.focus();
    return true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    if (!link.closest("#trace") && !link.classList.contains("back") && show(target, link)) {
      event.preventDefault();
      return;
    }
    if (panel.contains(link)) panel.hidden = true;
    reveal(target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) {
      reveal(target);
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", arrive);
  if (location.hash) arrive();
})();
