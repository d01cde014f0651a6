import { useEffect, useRef, useState } from 'react'

interface Tip {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly above: boolean
}

const WAIT = 350
const EDGE = 8

/**
 * One tooltip for the whole page: any element with `data-tip` shows it on hover and on keyboard focus, one with `data-whole` all of its text
 * where that is cut; Escape hides it.
 */
export function TipLayer() {
  const [tip, setTip] = useState<Tip | null>(null)
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => listenForTips(setTip), [])

  useEffect(() => {
    const element = box.current
    if (!tip || !element) return
    const half = element.offsetWidth / 2
    const x = Math.min(Math.max(tip.x, half + EDGE), window.innerWidth - half - EDGE)
    element.style.left = `${x}px`
    element.style.top = `${tip.y}px`
    element.style.transform = `translate(-50%, ${tip.above ? '-100%' : '0'})`
  }, [tip])

  if (!tip) return null
  return (
    <div
      ref={box}
      role="tooltip"
      data-print="no"
      className="appear pointer-events-none fixed z-60 max-w-80 whitespace-pre-line rounded-md bg-ink px-2 py-1 text-xs text-canvas tabular"
    >
      {tip.text}
    </div>
  )
}

function listenForTips(show: (tip: Tip | null) => void): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  let owner: Element | null = null
  let byTab = false

  function aim(target: EventTarget | null, wait: number): void {
    const near = target instanceof Element ? target.closest('[data-tip], [data-whole]') : null
    const next = near?.matches('[aria-expanded="true"]') ? null : near
    if (next === owner) return
    hide()
    owner = next
    if (next) waiting = setTimeout(() => show(tipOf(next)), wait)
  }

  function hide(): void {
    clearTimeout(waiting)
    owner = null
    show(null)
  }

  const over = (event: PointerEvent) => event.pointerType === 'mouse' && aim(event.target, WAIT)
  // Only a focus that the reader moved: one that a dialog set would cover what the reader came for.
  const focus = (event: FocusEvent) =>
    byTab && event.target instanceof Element && event.target.matches(':focus-visible') && aim(event.target, 0)
  const key = (event: KeyboardEvent) => {
    byTab = event.key === 'Tab'
    if (event.key === 'Escape') hide()
  }

  document.addEventListener('pointerover', over)
  document.addEventListener('pointerdown', hide)
  document.addEventListener('focusin', focus)
  document.addEventListener('focusout', hide)
  document.addEventListener('keydown', key)
  document.addEventListener('scroll', hide, { capture: true, passive: true })
  return () => {
    hide()
    document.removeEventListener('pointerover', over)
    document.removeEventListener('pointerdown', hide)
    document.removeEventListener('focusin', focus)
    document.removeEventListener('focusout', hide)
    document.removeEventListener('keydown', key)
    document.removeEventListener('scroll', hide, { capture: true })
  }
}

function tipOf(owner: Element): Tip | null {
  const text = owner.getAttribute('data-tip') ?? (owner.scrollWidth > owner.clientWidth ? owner.textContent : null)
  if (!text || !owner.isConnected || owner.matches('[aria-expanded="true"]')) return null
  const place = owner.getBoundingClientRect()
  const above = place.bottom + 40 > window.innerHeight
  return { text, x: place.left + place.width / 2, y: above ? place.top - 6 : place.bottom + 6, above }
}
