// Lets a text box grow with its text in browsers without `field-sizing`. How far it may grow is the style sheet's.

const grows = globalThis.CSS?.supports("field-sizing", "content") ?? false;

export function grow(box) {
  if (grows) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}
