import type { EventOf } from '../decider.ts'
import type { taskEvents } from './events.ts'

export type TaskEvent = EventOf<typeof taskEvents>

export type TaskState =
  | { readonly stream: 'task'; readonly status: 'unopened' }
  | { readonly stream: 'task'; readonly status: 'open'; readonly assignee: string | null }
  | { readonly stream: 'task'; readonly status: 'over' }

export const noTask: TaskState = { stream: 'task', status: 'unopened' }

/** Total over any subset of a stream: a task that is known by its assignment only is open. */
export function evolveTask(state: TaskState, event: TaskEvent): TaskState {
  switch (event.type) {
    case 'TaskOpened':
      return state.status === 'unopened' ? { stream: 'task', status: 'open', assignee: event.data.assignee ?? null } : state
    case 'TaskAssigned':
      return state.status === 'over' ? state : { stream: 'task', status: 'open', assignee: event.data.assignee }
    case 'TaskDone':
      return { stream: 'task', status: 'over' }
  }
}
