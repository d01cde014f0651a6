import { setTimeout } from 'node:timers/promises'

/** How many events the newest public head of a workspace's log covers; 0 before the first. */
export async function sealedSize(url: string, workspace: string): Promise<number> {
  const answer = await fetch(`${url}/log/v1/${workspace}/checkpoint`)
  return answer.status === 404 ? 0 : Number((await answer.text()).split('\n')[1])
}

/** The size at which the log stands when nothing comes any more. */
export async function settled(url: string, workspace: string): Promise<number> {
  for (let size = 0; ; ) {
    await setTimeout(1_500)
    const now = await sealedSize(url, workspace)
    if (now === size && now > 0) return now
    size = now
  }
}
