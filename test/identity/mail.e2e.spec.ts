import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../../apps/api/src/testing/test-server.ts'
import { SmtpStandIn } from '../stand-ins/smtp/smtp-stand-in.ts'
import { Browser, INVITE, type InviteAnswer } from './browser.ts'

const smtp = new SmtpStandIn()
let annal: TestServer
let administrator: Browser

const invite = async (email: string, changes: Record<string, unknown> = {}) =>
  (await administrator.ask<InviteAnswer>(INVITE, { input: { email, name: 'Łucja Nowak', role: 'AUDITOR', ...changes } })).answer

beforeAll(async () => {
  await smtp.start()
  annal = await TestServer.start(undefined, [], { ANNAL_SMTP_URL: smtp.url, ANNAL_MAIL_FROM: 'Annal <annal@bank.example>' })
  administrator = new Browser(annal.url)
  await administrator.open(annal.signInLink)
}, 120_000)

afterAll(async () => {
  await annal?.stop()
  await smtp.stop()
})

describe('with an SMTP server', () => {
  it('an invitation is mailed, and the administrator never sees the link', async () => {
    const answer = await invite('lucja@bank.example')
    expect(answer).toMatchObject({ __typename: 'Invited', link: null, invitation: { sent: true } })
    const mail = smtp.mails.at(-1)
    expect(mail).toMatchObject({ to: ['lucja@bank.example'], from: 'annal@bank.example', text: expect.stringContaining('for 7 days') })
    const [link = ''] = smtp.linksTo('lucja@bank.example')
    const lucja = new Browser(annal.url)
    expect(await lucja.open(link)).toBe(200)
    expect(await lucja.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'Łucja Nowak' } })
    expect(await new Browser(annal.url).open(link)).toBe(401)
  })

  it('somebody who comes back gets a link by his address, and nobody learns whether there is such an address', async () => {
    await invite('ben@bank.example')
    const ben = new Browser(annal.url)
    await ben.open(smtp.linksTo('ben@bank.example')[0] ?? '')
    const before = smtp.mails.length
    const answers = [
      await ben.askForLink('Ben@BANK.example'),
      await ben.askForLink('nobody@bank.example'),
      await ben.askForLink('\r\nRCPT TO:<x@y>'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    await expect.poll(() => smtp.mails.length).toBe(before + 1)
    const again = new Browser(annal.url)
    expect(await again.open(smtp.linksTo('Ben@bank.example')[0] ?? '')).toBe(200)
  })

  it('who has not come yet gets none by his address: only the invitation lets him in', async () => {
    await invite('late@bank.example')
    const before = smtp.mails.length
    await administrator.askForLink('late@bank.example')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(smtp.mails.length).toBe(before)
  })

  it('a mailbox is not filled by others', async () => {
    await invite('full@bank.example')
    await new Browser(annal.url).open(smtp.linksTo('full@bank.example')[0] ?? '')
    const before = smtp.mails.length
    for (let i = 0; i < 6; i++) await administrator.askForLink('full@bank.example')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(smtp.mails.length - before).toBe(3)
  })

  it('names can’t become headers or addressees', async () => {
    await invite('plain@bank.example', { name: 'A, <evil@bank.example>' })
    expect(smtp.mails.at(-1)?.to).toEqual(['plain@bank.example'])
    expect(smtp.mails.at(-1)?.headers).not.toMatch(/evil/)
    for (const email of [
      'a@b.example\r\nBcc: evil@bank.example',
      'a@b.example>\r\nRCPT TO:<evil@bank.example',
      'a@b.example,evil@bank.example',
    ])
      expect((await invite(email)).__typename).toBe('InvalidInput')
    expect(smtp.mails.flatMap(({ to }) => to)).not.toContain('evil@bank.example')
  })

  it('who loses an address is told so there', async () => {
    const { invitation } = await invite('old@bank.example')
    const input = { person: invitation.person, name: 'A', email: 'new@bank.example' }
    await administrator.ask('mutation ($input: SetProfileInput!) { setProfile(input: $input) { __typename } }', { input })
    expect(smtp.mails.at(-1)).toMatchObject({ to: ['old@bank.example'], text: expect.stringContaining('another address') })
  })

  it('that refuses, the link is shown instead: nothing is lost', async () => {
    smtp.refuses = true
    try {
      const answer = await invite('refused@bank.example')
      expect(answer).toMatchObject({ link: expect.stringContaining('/sign-in#'), invitation: { sent: false } })
      expect(await new Browser(annal.url).open(answer.link ?? '')).toBe(200)
    } finally {
      smtp.refuses = false
    }
  })

  it('that is gone, the link is shown too', async () => {
    await smtp.stop()
    const answer = await invite('gone@bank.example')
    expect(answer).toMatchObject({ link: expect.stringContaining('/sign-in#'), invitation: { sent: false } })
  })
})
