// The live view of queues: one WebSocket for the whole page, which comes back by itself.

const LONGEST_PAUSE = 15_000;
const FIRST_PAUSE = 500;
/** The service says something every ten seconds. */
const SILENCE = 25_000;
/** A page that nobody looks at draws nothing; it then reads anew instead of keeping all it was told. */
const MOST_KEPT = 2000;

class Live extends EventTarget {
  state = 'connecting';
  retryAt = 0;
  #socket = null;
  #since = null;
  #failures = 0;
  #retry = 0;
  #watchdog = 0;
  #frame = 0;
  #kept = new Map();
  #wanted = false;

  constructor() {
    super();
    addEventListener('online', () => this.retryNow());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) {
        this.retryNow();
      }
    });
  }

  start() {
    this.#wanted = true;
    this.retryNow();
  }

  /** Until it is started again. */
  stop() {
    this.#wanted = false;
    clearTimeout(this.#retry);
    clearTimeout(this.#watchdog);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#failures = 0;
    this.#enter('connecting');
  }

  /** Does not wait for the end of the pause. */
  retryNow() {
    if (this.#wanted && this.#socket === null) {
      clearTimeout(this.#retry);
      this.#connect();
    }
  }

  #connect() {
    const address = new URL('/ws/topic?format=json', location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    if (this.#since !== null) {
      address.searchParams.set('since', this.#since);
    }
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#listen(socket);
    this.#enter(this.#failures === 0 ? 'connecting' : 'lost');
    socket.onopen = () => this.#opened();
    socket.onmessage = (message) => {
      this.#listen(socket);
      this.#hear(message.data);
    };
    socket.onclose = () => this.#closed(socket);
  }

  /** A connection that is silent for long is none. */
  #listen(socket) {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      socket.close();
      this.#closed(socket);
    }, SILENCE);
  }

  #opened() {
    this.#failures = 0;
    this.#enter('open');
    // What ended before the socket was open was told to nobody here.
    this.dispatchEvent(new Event('gap'));
  }

  #closed(socket) {
    if (socket !== this.#socket) {
      return;
    }
    clearTimeout(this.#watchdog);
    this.#socket = null;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures) * (0.75 + Math.random() / 2);
    this.#failures += 1;
    this.retryAt = Date.now() + pause;
    this.#retry = setTimeout(() => this.#connect(), pause);
    this.#enter('lost');
  }

  #enter(state) {
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }

  #hear(text) {
    const update = JSON.parse(text);
    if (update.seq === null) {
      if (update.message?.startsWith('⚠')) {
        this.dispatchEvent(new Event('gap'));
      }
      return;
    }
    this.#since = update.seq;
    const before = this.#kept.get(update.queue_id);
    const stepped = update.step !== null || before?.stepped === true;
    if (!before || update.version >= before.version) {
      this.#kept.set(update.queue_id, { ...update, stepped });
    }
    if (this.#kept.size > MOST_KEPT && document.hidden) {
      this.#kept.clear();
      this.dispatchEvent(new Event('gap'));
      return;
    }
    this.#frame ||= requestAnimationFrame(() => this.#tell());
  }

  /** However much is heard, it is told once a frame, and of each queue only the newest. */
  #tell() {
    this.#frame = 0;
    const updates = this.#kept;
    this.#kept = new Map();
    this.dispatchEvent(new CustomEvent('updates', { detail: updates }));
  }
}

export const live = new Live();
