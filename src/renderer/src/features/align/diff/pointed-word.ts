/**
 * The position in the new text that a pointer is over; null beside the text and over what was removed.
 * Reads the rendered diff, in which only `del` elements and hidden words are no part of the new text.
 */
export function findAfterPosition(
  root: HTMLElement,
  point: { readonly clientX: number; readonly clientY: number },
): number | null {
  // Older browsers do without the line about the word.
  if (!('caretPositionFromPoint' in document)) return null
  const place = document.caretPositionFromPoint(point.clientX, point.clientY)
  const node = place?.offsetNode
  if (place === null || !(node instanceof Text) || !root.contains(node)) return null
  if (isOutside(node)) return null
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let position = 0
  for (let text = walker.nextNode(); text !== null && text !== node; text = walker.nextNode()) {
    if (text instanceof Text && !isOutside(text)) position += text.data.length
  }
  return position + place.offset
}

function isOutside(node: Text): boolean {
  return node.parentElement?.closest('del, .visually-hidden') != null
}
