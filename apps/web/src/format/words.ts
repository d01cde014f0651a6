/** `BiasAudited` → `Bias audited`, `protectedAttribute` → `Protected attribute`, `annexIIIPoint` → `Annex III point`. */
export function words(name: string): string {
  const parts = name
    .replace(/[_-]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .filter(Boolean)
    .map((part) => (/^[A-Z]{2,}$/.test(part) ? part : part.toLowerCase()))
  const text = parts.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
