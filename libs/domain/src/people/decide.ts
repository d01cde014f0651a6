import { ACCEPTED, contradicts, type Decision } from '../decider.ts'
import { milestoneKey, type PeopleEvent, type PeopleState } from './state.ts'

/** Nobody completes one course twice on one day, or reaches one milestone twice; all else is taken as it comes. */
export function decidePeople(command: PeopleEvent, state: PeopleState): Decision {
  switch (command.type) {
    case 'TrainingCompleted': {
      const { person, course, completedOn } = command.data
      return completedOn !== undefined && state.trainings.get(person) === completedOn
        ? contradicts('AlreadyRecorded', `${person} completed ${course} on ${completedOn} already; what was wrong is corrected`)
        : ACCEPTED
    }
    case 'CompetencyReached':
      return state.milestones.has(milestoneKey(command.data))
        ? contradicts('AlreadyRecorded', `${command.data.person} reached ${command.data.milestone} before`)
        : ACCEPTED
    case 'GuildSessionHeld':
    case 'TransparencyNoticePublished':
    case 'SupplierAssessed':
    case 'DataProtectionImpactAssessed':
      return ACCEPTED
  }
}
