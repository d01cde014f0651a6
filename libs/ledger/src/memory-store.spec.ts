import { describeEventStore } from './event-store.contract.ts'
import { MemoryStore } from './memory-store.ts'

describeEventStore('the store without a disk', async () => ({ store: new MemoryStore(), startsEmpty: true }))
