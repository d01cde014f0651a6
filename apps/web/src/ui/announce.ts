let region: HTMLElement | null = null

/** Says something to who listens to the page, without moving the focus. */
export function announce(text: string): void {
  region ??= makeRegion()
  region.textContent = ''
  // The region must be seen to change even when the same words come twice.
  requestAnimationFrame(() => {
    if (region) region.textContent = text
  })
}

function makeRegion(): HTMLElement {
  const element = document.createElement('div')
  element.setAttribute('role', 'status')
  element.className = 'heard'
  document.body.append(element)
  return element
}
