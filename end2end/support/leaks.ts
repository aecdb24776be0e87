/** What a page holds, as the browser counts it after collecting what nobody holds. */
import type { CDPSession, Page } from '@playwright/test';

export interface Held {
  /** Nodes of all documents. */
  nodes: number;
  listeners: number;
  /** Memory of JavaScript in use, in bytes. */
  heap: number;
  /** Memories of WebAssembly together, in bytes; they never shrink. */
  wasm: number;
}

export class Scales {
  private constructor(private readonly page: Page, private readonly devtools: CDPSession) {}

  /** Before the page is opened: the memory of a program is seen when it is started. */
  static async on(page: Page): Promise<Scales> {
    await page.addInitScript(() => {
      const memories = new Set<WebAssembly.Memory>();
      Object.assign(window, { memories });
      const start = WebAssembly.instantiateStreaming;
      WebAssembly.instantiateStreaming = async (...asked) => {
        const started = await start(...asked);
        const { memory } = started.instance.exports;
        if (memory instanceof WebAssembly.Memory) memories.add(memory);
        return started;
      };
    });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    return new Scales(page, devtools);
  }

  async weigh(): Promise<Held> {
    // What is only held by something that is to be finalised goes with the second round.
    for (let rounds = 0; rounds < 2; rounds += 1) await this.devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.devtools.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
    const wasm = await this.page.evaluate(() =>
      [...(window as any).memories].reduce((sum: number, memory: WebAssembly.Memory) => sum + memory.buffer.byteLength, 0));
    return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize'), wasm };
  }
}
