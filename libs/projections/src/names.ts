export { type Past, pastName } from './past/past-name.ts'
export { readCursor } from './registers/cursor.ts'
