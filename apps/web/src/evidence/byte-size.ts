const UNITS = ['bytes', 'kB', 'MB', 'GB'] as const

/** `640 bytes`, `1.2 MB`: decimal units. */
export function byteSize(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1)
  const value = bytes / 1000 ** step
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[step]}`
}
