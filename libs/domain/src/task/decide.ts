import { ACCEPTED, contradicts, type Decision } from '../decider.ts'
import type { TaskEvent, TaskState } from './state.ts'

/** A task is opened once, given to somebody while it is open, and over once. */
export function decideTask(command: TaskEvent, state: TaskState): Decision {
  switch (command.type) {
    case 'TaskOpened':
      return state.status === 'unopened' ? ACCEPTED : contradicts('AlreadyOpened', `the task ${command.data.task} was opened before`)
    case 'TaskAssigned':
      return assign(command.data.assignee, state)
    case 'TaskDone':
      return notOpen(state) ?? ACCEPTED
  }
}

function assign(assignee: string, state: TaskState): Decision {
  if (state.status !== 'open') return notOpen(state) ?? ACCEPTED
  return state.assignee === assignee ? contradicts('NothingNew', `the task is with ${assignee} already`) : ACCEPTED
}

function notOpen(state: TaskState): Decision | null {
  switch (state.status) {
    case 'unopened':
      return contradicts('NotOpened', 'there is no such task: it must be opened first')
    case 'over':
      return contradicts('Closed', 'the task is over')
    case 'open':
      return null
  }
}
