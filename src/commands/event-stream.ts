/** One event of `GET /v1/events`. */
export interface StreamEvent {
  /** Its place in the stream, for `Last-Event-ID`. */
  readonly id: string;
  /** A `StreamedEvent` of the API, as JSON. */
  readonly data: string;
}

/** The events of a stream as the HTML standard 9.2 has them, comments left out; ends with the stream. */
export async function* eventsIn(body: ReadableStream<Uint8Array> | null): AsyncGenerator<StreamEvent> {
  let waiting = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? new ReadableStream<Uint8Array>()) {
    const blocks = (waiting + decoder.decode(chunk, { stream: true })).split('\n\n');
    waiting = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data !== undefined) yield { id: /^id: (.*)$/m.exec(block)?.[1] ?? '', data };
    }
  }
}
