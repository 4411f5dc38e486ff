interface ElementOptions {
  readonly className?: string
  readonly text?: string
  readonly role?: string
  readonly children?: readonly Node[]
}

/** Makes one element of a tile; tiles are drawn without React, because thousands pass by in a scroll. */
export function makeElement<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { className, text, role, children = [] }: ElementOptions = {},
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  if (className !== undefined) element.className = className
  if (text !== undefined) element.textContent = text
  if (role !== undefined) element.role = role
  element.append(...children)
  return element
}

const SVG = 'http://www.w3.org/2000/svg'

/** Makes a line icon in a 16 by 16 box. */
export function makeIcon(className: string, paths: readonly string[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', className)
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  setIconPaths(svg, paths)
  return svg
}

export function setIconPaths(svg: SVGSVGElement, paths: readonly string[]): void {
  svg.replaceChildren(
    ...paths.map((d) => {
      const path = document.createElementNS(SVG, 'path')
      path.setAttribute('d', d)
      return path
    }),
  )
}

/** Sets text only where it differs: writing the same text again still costs a layout. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
