/**
 * SHA-256 (FIPS 180-4) of ASCII text, lower-case hex. The domain needs one digest only, that of a decision's id, to choose its
 * stream; it imports no hash library for that. Everything that is proven is hashed by `@annal/proof`.
 */
export function sha256OfAscii(text: string): string {
  const words = padded(text)
  const hash = Int32Array.from(INITIAL)
  for (let block = 0; block < words.length; block += 16) compress(hash, words, block)
  let hex = ''
  for (const word of hash) hex += (word >>> 0).toString(16).padStart(8, '0')
  return hex
}

/** The first hex digit of SHA-256 of ASCII text. */
export function firstHexDigitOfSha256(text: string): string {
  const words = padded(text)
  const hash = Int32Array.from(INITIAL)
  for (let block = 0; block < words.length; block += 16) compress(hash, words, block)
  return (at(hash, 0) >>> 28).toString(16)
}

const primes = [...Array(312).keys()].slice(2).filter((n) => [...Array(n).keys()].slice(2).every((d) => n % d !== 0))
const fraction = (root: number) => ((root - Math.floor(root)) * 2 ** 32) | 0
const INITIAL = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
const ROUND = Int32Array.from(primes.slice(0, 64), (prime) => fraction(Math.cbrt(prime)))

function padded(text: string): Int32Array {
  const words = new Int32Array(((text.length + 8) >> 6) * 16 + 16)
  for (let i = 0; i < text.length; i++) words[i >> 2] = at(words, i >> 2) | (text.charCodeAt(i) << (24 - (i % 4) * 8))
  words[text.length >> 2] = at(words, text.length >> 2) | (0x80 << (24 - (text.length % 4) * 8))
  words[words.length - 1] = text.length * 8
  return words
}

const rotate = (word: number, by: number) => (word >>> by) | (word << (32 - by))
const at = (words: Int32Array, i: number) => words[i] ?? 0

/** Scratch of `compress`, written before it is read in every call. */
const schedule = new Int32Array(64)

function compress(hash: Int32Array, words: Int32Array, block: number): void {
  const w = schedule
  for (let i = 0; i < 16; i++) w[i] = at(words, block + i)
  for (let i = 16; i < 64; i++) {
    const a = at(w, i - 15)
    const b = at(w, i - 2)
    const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)
    const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10)
    w[i] = (at(w, i - 16) + s0 + at(w, i - 7) + s1) | 0
  }
  let a = at(hash, 0)
  let b = at(hash, 1)
  let c = at(hash, 2)
  let d = at(hash, 3)
  let e = at(hash, 4)
  let f = at(hash, 5)
  let g = at(hash, 6)
  let h = at(hash, 7)
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(ROUND, i) + at(w, i)) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  hash[0] = at(hash, 0) + a
  hash[1] = at(hash, 1) + b
  hash[2] = at(hash, 2) + c
  hash[3] = at(hash, 3) + d
  hash[4] = at(hash, 4) + e
  hash[5] = at(hash, 5) + f
  hash[6] = at(hash, 6) + g
  hash[7] = at(hash, 7) + h
}
