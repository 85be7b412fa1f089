// Words on the page that stand out too little (WCAG AA: 4.5, or 3 for large ones).
() => {
  const read = (text) => text.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((one) => one / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const over = ([r, g, b, a = 1], under) => [r, g, b].map((one, n) => one * a + under[n] * (1 - a));
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const behind = (box) => {
    const layers = [];
    for (let one = box; one; one = one.parentElement) layers.unshift(rgb(getComputedStyle(one).backgroundColor));
    return layers.reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !box.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (box.closest(".said, template, noscript, .huge, svg, [disabled]")) continue;
    const style = getComputedStyle(box);
    const under = behind(box);
    const [a, b] = [light(over(rgb(style.color), under)), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) poor.push(`${ratio.toFixed(2)} ${box.className || box.tagName}: ${walker.currentNode.textContent.trim().slice(0, 40)}`);
  }
  return poor;
}
