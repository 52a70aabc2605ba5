// Saving a file that the server offers at an address of its own. What is in it is not known here.

/** The browser asks or saves, as its reader has set it; the page stays. */
export function download({ url, name }) {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
