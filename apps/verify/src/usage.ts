export const USAGE = `Checks an evidence pack without a network.

  node verify.mjs PACK.zip [options]

  --key KEY        A verifier key of the log, or a file with such keys, one a line. Get it from somewhere else than the pack.
  --head FILE      A signed tree head (checkpoint) of the log that you kept from earlier.
  --witness KEY    A verifier key of a witness, or a file with such keys.
  --tsa FILE       The certificate of a timestamping authority, or of who issued it: PEM or DER.
  --json           Prints everything as JSON.

Each option but --json may be given more than once.

Exit code: 0 all that the pack claims holds, under a key or head from outside; 1 something is wrong; 2 wrong use, or
a file that can not be read or that changed meanwhile; 3 consistent in itself, but not all of it could be checked against something from outside.
`
