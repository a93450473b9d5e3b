import type { Machine } from '../../../../wasm-redis/machine.ts';
import { element } from '../../../dom/element.ts';
import { reachableHost } from '../../node-address.ts';
import { type Credentials, KeyConnection, NoAnswerError, TWO_SECONDS } from '../key-connection.ts';
import type { KeySpace, Target } from '../key-space.ts';
import { itemsIn, numberIn, textIn } from '../reply.ts';
import type { KeyServer } from '../servers.ts';
import { field, form, line, select } from './field.ts';

/** The value of the choice that is no server. */
const CLUSTER = 'cluster';
/** As Redis has them unless it is told otherwise. */
const DATABASES = 16;

/** Whose keys are looked at: a server of the machine, one of its databases; or the cluster. And as whom. */
export class ServerChoice {
  readonly root: HTMLElement;
  readonly #server = select([]);
  readonly #database = select(Array.from({ length: DATABASES }, (_, at) => [String(at), String(at)]));
  readonly #databaseField: HTMLElement;
  readonly #signIn: HTMLElement;
  readonly #onChoice: () => void;
  #servers: readonly KeyServer[] = [];
  #clusterServers: readonly KeyServer[] = [];
  #credentials: Credentials | undefined;

  constructor(onChoice: () => void) {
    this.#onChoice = onChoice;
    this.#databaseField = field('Database', this.#database);
    this.#signIn = this.#signInForm();
    this.#server.addEventListener('change', () => this.#chosen());
    this.#database.addEventListener('change', () => this.#chosen());
    const row = element('div', { class: 'rk-form' }, field('Server', this.#server), this.#databaseField);
    this.root = element('div', {}, row, this.#signIn);
  }

  get target(): Target | undefined {
    if (this.#server.value === CLUSTER) return { kind: 'cluster', servers: this.#clusterServers };
    const server = this.#servers.find(({ name }) => name === this.#server.value);
    return server && { kind: 'server', servers: [server] };
  }

  get database(): number {
    return this.#databaseField.hidden ? 0 : Number(this.#database.value);
  }

  /** What was typed, else the password that the lab's description gives. */
  get credentials(): Credentials | undefined {
    if (this.#credentials) return this.#credentials;
    const [first] = this.target?.servers ?? [];
    const password = this.#servers.find(({ host, port }) => host === first?.host && port === first.port)?.password;
    return password === undefined ? undefined : { user: '', password };
  }

  /** Offers these servers, and their cluster if they are nodes of one. Resolves with whether the chosen one is still there. */
  async offer(machine: Machine, servers: readonly KeyServer[]): Promise<boolean> {
    const clustered = await Promise.all(servers.map((server) => isClusterNode(machine, server)));
    this.#servers = servers;
    this.#clusterServers = servers.filter((_, at) => clustered[at]);
    const before = this.#server.value;
    const options = [
      ...(this.#clusterServers.length > 0 ? [[CLUSTER, 'the cluster: all primaries'] as const] : []),
      ...servers.map(({ name }) => [name, name] as const),
    ];
    this.#server.replaceChildren(...options.map(([value, label]) => element('option', { value }, label)));
    const there = options.some(([value]) => value === before);
    if (there) this.#server.value = before;
    this.#databaseField.hidden = this.#isClustered();
    return there;
  }

  /** What the chosen server is, in words. Rejects if it does not answer. */
  async role(space: KeySpace): Promise<string> {
    if (space.target.kind === 'cluster') {
      const { length } = await space.sources();
      return `${length} primaries with slots are asked, each for its own keys.`;
    }
    const [source] = await space.sources();
    const [reply] = source ? await source.ask([['ROLE']]) : [];
    const [role, host, port] = itemsIn(reply);
    if (textIn(role) === 'master') return 'A primary: it takes writes.';
    return `A replica of ${textIn(host)}:${numberIn(port)}: its keys can be looked at, writes go to the primary.`;
  }

  askToSignIn(wanted: boolean): void {
    this.#signIn.hidden = !wanted;
  }

  #isClustered(): boolean {
    return this.#server.value === CLUSTER || this.#clusterServers.some(({ name }) => name === this.#server.value);
  }

  #chosen(): void {
    this.#databaseField.hidden = this.#isClustered();
    this.#signIn.hidden = true;
    this.#onChoice();
  }

  #signInForm(): HTMLElement {
    const user = line({ placeholder: 'default' });
    const password = line({ type: 'password' });
    const submit = (): void => {
      this.#credentials = { user: user.value, password: password.value };
      this.#chosen();
    };
    const made = form('Sign in', 'Sign in', submit, field('User', user), field('Password', password));
    made.hidden = true;
    return made;
  }
}

/** A server that gives no answer, or wants a password first, is taken for one without cluster. */
async function isClusterNode(machine: Machine, server: KeyServer): Promise<boolean> {
  const { host, port, password } = server;
  const address = { host: reachableHost(host), port };
  const credentials = password === undefined ? {} : { credentials: { user: '', password } };
  const connection = new KeyConnection(machine, address, { database: 0, patience: TWO_SECONDS, ...credentials });
  try {
    const [reply] = await connection.ask([['INFO', 'cluster']]);
    return reply?.kind !== 'error' && textIn(reply).includes('cluster_enabled:1');
  } catch (error) {
    if (error instanceof NoAnswerError) return false;
    throw error;
  } finally {
    await connection.close();
  }
}
