/** Works on the next item while the one before is used: the two sides of a stream then take turns no more. */
export async function* readAhead<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]()
  let next = start(iterator)
  try {
    for (;;) {
      const result = await next
      if (result.done === true) return
      next = start(iterator)
      yield result.value
    }
  } finally {
    // Whoever stops early has no use for the item under way, nor for its error.
    await next.catch(() => undefined)
    await iterator.return?.()
  }
}

function start<Item>(iterator: AsyncIterator<Item>): Promise<IteratorResult<Item>> {
  const next = iterator.next()
  // It is awaited later; until then a failure must not count as unhandled.
  next.catch(() => undefined)
  return next
}
