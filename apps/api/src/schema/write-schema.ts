import { writeFileSync } from 'node:fs'
import { printWholeSchema, schemaFile } from './print-whole-schema.ts'

/** Run by `npm run generate`, after the events' part was generated. */
writeFileSync(schemaFile, printWholeSchema())
