// biome-ignore lint/style/noRestrictedImports: a real timestamping authority for tests; nothing that is shipped imports this module.
import { execFileSync } from 'node:child_process'
// biome-ignore lint/style/noRestrictedImports: see above.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
// biome-ignore lint/style/noRestrictedImports: see above.
import { tmpdir } from 'node:os'
// biome-ignore lint/style/noRestrictedImports: see above.
import { join } from 'node:path'

export const opensslIsThere = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    console.warn('openssl not found: the suites that ask a real timestamping authority are skipped.')
    return false
  }
})()

export type TsaKey = 'rsa' | 'p256' | 'p384'

/** A timestamping authority by `openssl ts`, with a certificate authority of its own, in a folder of its own. */
export class OpensslTsa {
  private readonly folder = mkdtempSync(join(tmpdir(), 'annal-tsa-'))

  constructor(key: TsaKey, usage = 'critical,timeStamping') {
    this.write('tsa.cnf', CONFIG)
    this.write('ext.cnf', `extendedKeyUsage = ${usage}\nbasicConstraints = critical,CA:false\n`)
    this.write('ca.cnf', 'basicConstraints = critical,CA:true\nkeyUsage = critical,keyCertSign\n')
    for (const who of ['ca', 'tsa']) {
      if (key === 'rsa') this.openssl('genrsa', '-out', `${who}.key`, '2048')
      else this.openssl('ecparam', '-genkey', '-noout', '-name', key === 'p256' ? 'prime256v1' : 'secp384r1', '-out', `${who}.key`)
      this.openssl(
        'req',
        '-new',
        '-key',
        `${who}.key`,
        '-subj',
        `/O=Example/CN=${who === 'ca' ? 'Example Root' : 'Example TSA'}`,
        '-out',
        `${who}.csr`,
      )
    }
    this.openssl('x509', '-req', '-in', 'ca.csr', '-signkey', 'ca.key', '-days', '30', '-extfile', 'ca.cnf', '-out', 'ca.pem')
    this.openssl(
      'x509',
      '-req',
      '-in',
      'tsa.csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '30',
      '-extfile',
      'ext.cnf',
      '-out',
      'tsa.pem',
    )
    this.write('serial', '01')
  }

  /** PEM. */
  get certificate(): Uint8Array {
    return this.read('tsa.pem')
  }

  /** PEM of who issued it. */
  get issuer(): Uint8Array {
    return this.read('ca.pem')
  }

  /** DER of the response to a DER request. */
  answer(request: Uint8Array): Uint8Array {
    this.write('request.tsq', request)
    this.openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 'tsa', '-queryfile', 'request.tsq', '-out', 'response.tsr')
    return this.read('response.tsr')
  }

  /** What `openssl ts` reads in a request. */
  describe(request: Uint8Array): string {
    this.write('request.tsq', request)
    return this.openssl('ts', '-query', '-in', 'request.tsq', '-text')
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  private openssl(...args: readonly string[]): string {
    return execFileSync('openssl', args, { cwd: this.folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  }

  private write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.folder, name), content)
  }

  private read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.folder, name)))
  }
}

const CONFIG = `
[ tsa ]
serial = serial
signer_cert = tsa.pem
certs = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`
