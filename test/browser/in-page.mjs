// These run inside the page: nothing from outside a function may be used in it.

/** Charts without a name, a text alternative or a table in their section. */
export function chartFaults() {
  const faults = [];
  for (const picture of document.querySelectorAll("svg:not([aria-hidden=true])")) {
    const textOf = (attribute) =>
      document.getElementById(picture.getAttribute(attribute) ?? "")?.textContent ?? "";
    const title = textOf("aria-labelledby");
    const said = (what) => faults.push(`chart "${title}": ${what}`);
    if (picture.getAttribute("role") !== "img") said("its role is not img");
    if (title === "" || picture.querySelector("title")?.textContent !== title) said("it has no title");
    const description = textOf("aria-describedby");
    if (description === "" || picture.querySelector("desc")?.textContent !== description)
      said("it has no description");
    if (!picture.closest("section")?.querySelector("table")) said("no table is in its section");
  }
  return faults;
}

/** Everything that the Tab key has to come to, in order. */
export function reachable() {
  return [...document.querySelectorAll("a[href], summary, [tabindex='0'], button, input, select, textarea")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .map((element) => element.outerHTML.slice(0, 120));
}

/** Puts the focus back to where a reader begins. */
export function beginAgain() {
  document.activeElement?.blur();
  getSelection()?.removeAllRanges();
  window.scrollTo(0, 0);
}

/** What has the focus, and whether that can be seen; undefined outside the page's content. */
export function focused() {
  const at = document.activeElement;
  if (at === null || at === document.body || at === document.documentElement) return undefined;
  return { name: at.outerHTML.slice(0, 120), seen: getComputedStyle(at).outlineStyle !== "none" };
}

export function openEverything() {
  for (const details of document.querySelectorAll("details")) details.open = true;
}

/** Sets the size of text, as a browser's own setting does. */
export function setTextSize(size) {
  document.documentElement.style.fontSize = size;
}

/** What makes the page scroll sideways, if it does. */
export function tooWide() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const { left, width: own } = element.getBoundingClientRect();
    const reaches = left + Math.max(own, element.scrollWidth) > width + 1;
    return reaches && element.closest(".scroll > *") === null && !element.matches(".scroll");
  });
  // The last are the innermost.
  return wide.length === 0 ? ["something"] : wide.slice(-3).map((element) => element.outerHTML.slice(0, 120));
}

/** Pictures that a sheet of paper would cut, and tables whose header is not repeated. */
export function cutInPrint(sheet) {
  const faults = [];
  for (const picture of document.querySelectorAll("svg")) {
    const { width, height } = picture.getBoundingClientRect();
    const name = `${picture.querySelector("title")?.textContent ?? "a picture"} (${Math.round(width)} by ${Math.round(height)})`;
    if (getComputedStyle(picture).breakInside !== "avoid") faults.push(`${name} may be cut in two`);
    if (height > sheet.height) faults.push(`${name} is higher than a sheet`);
    if (width > sheet.width + 1) faults.push(`${name} is wider than a sheet`);
    for (
      let around = picture.parentElement;
      around && around !== document.body;
      around = around.parentElement
    ) {
      const { overflowX, overflowY } = getComputedStyle(around);
      // What scrolls is printed in one piece, cut off where the sheet ends.
      if (overflowX !== "visible" || overflowY !== "visible") faults.push(`${name} stands in what scrolls`);
    }
  }
  for (const head of document.querySelectorAll("thead")) {
    if (getComputedStyle(head).display !== "table-header-group")
      faults.push("a table's header is not repeated");
  }
  return faults;
}
