import type { Registers } from '@annal/projections'
import { Args, Context, Query, Resolver } from '@nestjs/graphql'
import type { RequestContext } from '../graphql/guard-root-fields.ts'
import { TypedError } from '../http/typed-error.ts'
import { type AskRegisters, type Seen, voterOf } from './ask-registers.ts'

const MOST_DAYS = 400
const DAY = 86_400_000

type ActivityArguments = Seen & { readonly system?: string | null; readonly from: string; readonly to: string }

/** What leads the dashboard. */
@Resolver()
export class OverviewResolver {
  constructor(
    private readonly registers: Registers,
    private readonly ask: AskRegisters,
  ) {}

  @Query('overview')
  async overview(@Args() args: Seen, @Context() context: RequestContext) {
    return this.registers.overview(await this.ask.asking(context, args), voterOf(context, args))
  }

  @Query('activity')
  async activity(@Args() args: ActivityArguments, @Context() context: RequestContext) {
    const days = daysOf(args)
    return this.registers.activity(await this.ask.asking(context, args), args.system ?? null, days)
  }
}

function daysOf({ from, to }: ActivityArguments): { readonly from: string; readonly to: string } {
  if (!isDate(from) || !isDate(to)) throw new TypedError('BAD_USER_INPUT', 'from and to must be dates such as 2026-01-31.')
  const days = (Date.parse(to) - Date.parse(from)) / DAY + 1
  if (days < 1 || days > MOST_DAYS) throw new TypedError('BAD_USER_INPUT', `Ask for 1 to ${MOST_DAYS} days, from the earlier to the later.`)
  return { from, to }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text
}
