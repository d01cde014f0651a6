/** An id as it is shown: its ends with an ellipsis between, or whole when that saves less than three characters. */
export function shortenMiddle(text: string, head = 8, tail = 6): string {
  return text.length <= head + tail + 3 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`
}
