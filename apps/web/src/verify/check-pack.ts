import { encodeUtf8, type PackProgress, type PackVerification, verifyFile } from '@annal/proof'
import { type AnchorTexts, knownAnchors } from './parse-anchors.ts'

export type PackCheckOutcome =
  | { readonly status: 'checked'; readonly verification: PackVerification }
  | { readonly status: 'unreadable'; readonly reason: string }

/** Checks a pack here, in the browser. The reader of timestamps is fetched from the page's own server first; the pack goes nowhere. */
export async function checkPack(file: File, texts: AnchorTexts, onProgress: (progress: PackProgress) => void): Promise<PackCheckOutcome> {
  try {
    const { parseCertificates, verifyTimestamp } = await import('@annal/proof/timestamp')
    const authorities = texts.authorities.trim() === '' ? [] : parseCertificates(encodeUtf8(texts.authorities))
    if (authorities === null) return { status: 'unreadable', reason: 'The certificate of the timestamp authority can’t be read.' }
    const verification = await verifyFile(file, knownAnchors(texts, authorities), { onProgress, timestamps: verifyTimestamp })
    return { status: 'checked', verification }
  } catch (error) {
    return { status: 'unreadable', reason: error instanceof Error ? error.message : String(error) }
  }
}
