import { expect, test } from 'vitest'
import { formatSecret, signedHeaders } from './signature.ts'

test('deliveries are signed as the Standard Webhooks specification has it', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const delivery = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1614265330_999, body: '{"test": 2432232314}' }
  expect(signedHeaders(key, delivery)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
  expect(formatSecret(key)).toBe(secret)
})
