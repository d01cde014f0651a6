import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What the verifier's build left, in `apps/verify`. */
export const builtVerifier = fileURLToPath(new URL('../../../verify/dist/verify.mjs', import.meta.url))

/** The program that writes packs, as their manifests name it. */
export const release = `annal ${JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version}`
