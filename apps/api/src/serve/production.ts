import { setFlagsFromString } from 'node:v8'

/** Imported before anything else. graphql-js checks at every step whether there are two copies of it, unless this says production. */
process.env.NODE_ENV ??= 'production'

/** Heaps grow by so much before they are collected; V8 would let them double or more. */
setFlagsFromString('--heap-growing-percent=40')
