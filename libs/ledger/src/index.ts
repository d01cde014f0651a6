export * from './append/event-draft.ts'
export * from './event-store.ts'
