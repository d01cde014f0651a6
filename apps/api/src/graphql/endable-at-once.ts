/**
 * The same events, whose end doesn't wait for one that is under way: a generator settles `return` only behind the `next` that came before, and
 * until then an id would be taken whose subscription the client has ended. Asked for one after the other.
 */
export function endableAtOnce<Event>(events: AsyncGenerator<Event, void, void>): AsyncGenerator<Event, void, void> {
  const over: IteratorReturnResult<void> = { done: true, value: undefined }
  let ended = false
  let end = () => {}
  const endable: AsyncGenerator<Event, void, void> = {
    next: () =>
      ended
        ? Promise.resolve(over)
        : new Promise((resolve, reject) => {
            end = () => resolve(over)
            events.next().then(resolve, reject)
          }),
    return: async () => {
      ended = true
      end()
      void events.return()
      return over
    },
    throw: (error) => events.throw(error),
    [Symbol.asyncIterator]: () => endable,
    [Symbol.asyncDispose]: async () => {
      await endable.return()
    },
  }
  return endable
}
