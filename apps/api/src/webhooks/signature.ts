import { createHmac } from 'node:crypto'

/**
 * The headers of a delivery, as the Standard Webhooks specification has them: `webhook-id` is the same at every attempt,
 * `webhook-timestamp` is that of the attempt in seconds, `webhook-signature` is `v1,` and the base64 of
 * HMAC-SHA-256(key, `<id>.<timestamp>.<body>`).
 */
export function signedHeaders(key: Uint8Array, { id, at, body }: { id: string; at: number; body: string }): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000))
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

/** A key as the receiver keeps it. */
export function formatSecret(key: Uint8Array): string {
  return `whsec_${Buffer.from(key).toString('base64')}`
}
