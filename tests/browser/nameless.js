// What can be used on the page and says nothing to a screen reader.
() => [...document.querySelectorAll("button, input, textarea, a, [role=button], audio, video, img")]
  .filter((one) => one.checkVisibility())
  .filter((one) => !(one.getAttribute("aria-label") || one.title || one.alt || one.textContent.trim() || one.labels?.length))
  .map((one) => one.outerHTML.slice(0, 120))
