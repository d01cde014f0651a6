import codes from '@eventstore/db-client/generated/code_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import { describe, expect, it } from 'vitest'
import { appendError, type Message } from '../../../../test/stand-ins/eventstoredb/append-error.ts'
import { AppendTooLarge, AppendUncertain, NO_STREAM, StoreCorrupt, StoreUnavailable } from '../event-store.ts'
import { appendAnswer } from './append-answer.ts'

/** An error as servers send it. */
function refused(type: string, code: Parameters<typeof appendError>[0], details: Message = new shared.Empty()) {
  return new streams.BatchAppendResp().setError(appendError(code, 'the message', type, details))
}

describe('what EventStoreDB answers to an append', () => {
  it('is where the last event stands, or that the server does not know', () => {
    const at = new shared.AllStreamPosition().setCommitPosition('18014398509481985').setPreparePosition('18014398509481985')
    const success = () => new streams.BatchAppendResp.Success().setCurrentRevision('4')
    expect(appendAnswer(new streams.BatchAppendResp().setSuccess(success().setPosition(at)))).toEqual({
      status: 'appended',
      lastPosition: '0040000000000001-0040000000000001',
    })
    expect(appendAnswer(new streams.BatchAppendResp().setSuccess(success().setNoPosition(new shared.Empty())))).toEqual({
      status: 'appended',
      lastPosition: null,
    })
  })

  it('is a conflict, with the version at which the stream stands', () => {
    const conflict = (wrong: InstanceType<typeof shared.WrongExpectedVersion>) =>
      appendAnswer(refused('event_store.client.WrongExpectedVersion', codes.Code.ALREADY_EXISTS, wrong))
    expect(conflict(new shared.WrongExpectedVersion().setCurrentStreamRevision('7'))).toEqual({ status: 'conflict', actual: 7 })
    expect(conflict(new shared.WrongExpectedVersion().setCurrentNoStream(new shared.Empty()))).toEqual({
      status: 'conflict',
      actual: NO_STREAM,
    })
  })

  it.each([
    ['event_store.client.MaximumAppendSizeExceeded', codes.Code.INVALID_ARGUMENT, AppendTooLarge],
    ['event_store.client.MaximumAppendEventSizeExceeded', codes.Code.INVALID_ARGUMENT, AppendTooLarge],
    ['event_store.client.StreamDeleted', codes.Code.NOT_FOUND, StoreCorrupt],
    ['event_store.client.AccessDenied', codes.Code.PERMISSION_DENIED, StoreUnavailable],
    ['event_store.client.Timeout', codes.Code.DEADLINE_EXCEEDED, AppendUncertain],
    ['event_store.client.Unknown', codes.Code.UNKNOWN, AppendUncertain],
    ['event_store.client.SomethingNew', codes.Code.INTERNAL, AppendUncertain],
  ])('is %s', (type, code, failure) => {
    expect(appendAnswer(refused(type, code))).toEqual({ status: 'failed', error: expect.any(failure) })
  })

  it('tells a server that did not handle the append from one that broke while it did, though both say nothing else', () => {
    const nothing = 'google.protobuf.Empty'
    expect(appendAnswer(refused(nothing, 0))).toEqual({ status: 'failed', error: expect.any(StoreUnavailable) })
    expect(appendAnswer(refused(nothing, codes.Code.INTERNAL))).toEqual({ status: 'failed', error: expect.any(AppendUncertain) })
  })
})
