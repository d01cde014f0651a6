const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const

/** A drawing that stands for itself: what style sheets say of it is written into it. */
export function svgText(plot: SVGSVGElement): string {
  const copy = plot.cloneNode(true)
  if (!(copy instanceof SVGSVGElement)) throw new Error('expected a copy of the drawing, found something else')
  const originals = [plot, ...plot.querySelectorAll('*')]
  const copies = [copy, ...copy.querySelectorAll('*')]
  for (const [index, original] of originals.entries()) {
    const style = getComputedStyle(original)
    const target = copies[index]
    target?.removeAttribute('class')
    for (const name of STYLES) target?.setAttribute(name, style.getPropertyValue(name))
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  ground.setAttribute('width', '100%')
  ground.setAttribute('height', '100%')
  ground.setAttribute('fill', getComputedStyle(document.documentElement).getPropertyValue('--surface'))
  copy.prepend(ground)
  return new XMLSerializer().serializeToString(copy)
}

/** The drawing at twice its size, for screens and slides. */
export async function pngOf(plot: SVGSVGElement): Promise<Blob> {
  const { width, height } = plot.getBoundingClientRect()
  const size = { width: width || plot.width.baseVal.value, height: height || plot.height.baseVal.value }
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(plot))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = size.width * 2
  canvas.height = size.height * 2
  const context = canvas.getContext('2d')
  if (!context) throw new Error('expected a canvas to draw on, found none')
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((settle, reject) =>
    canvas.toBlob((blob) => (blob ? settle(blob) : reject(new Error('expected an image of the canvas, found none'))), 'image/png'),
  )
}
