import { devices, type Grants, type LocalParticipant } from '../../../client-sdk/src/index.ts';
import { CaptureSlot, type CaptureSource } from './CaptureSlot.ts';
import { chooseCloseUpCamera } from './chooseCloseUpCamera.ts';
import { Observable } from './observable.ts';
import { savePreferences, type Preferences } from './preferences.ts';

const captureSources: readonly CaptureSource[] = ['camera', 'teaCloseUp', 'microphone'];

/** One's own cameras and microphone, before the join and in the room, and the devices to choose from. */
export class LocalMedia extends Observable {
  readonly slots: Readonly<Record<CaptureSource, CaptureSlot>>;
  #known: readonly MediaDeviceInfo[] = [];
  #publish: readonly string[] = captureSources;
  #stopWatching: (() => void) | null = null;

  constructor({ camera, microphone }: Preferences) {
    super();
    this.slots = {
      camera: new CaptureSlot('camera', camera),
      teaCloseUp: new CaptureSlot('teaCloseUp'),
      microphone: new CaptureSlot('microphone', microphone),
    };
    for (const slot of Object.values(this.slots)) slot.subscribe(() => this.changed());
  }

  may(source: CaptureSource | 'screen'): boolean {
    return this.#publish.includes(source);
  }

  /** Takes what the token allows to publish; a device that it does not is closed. */
  setGrants(grants: Pick<Grants, 'publish'>): void {
    this.#publish = grants.publish;
    for (const slot of Object.values(this.slots)) if (!this.may(slot.source)) slot.exit();
    this.changed();
  }

  /** Opens camera and microphone for the preview. Both at once, so that the browser asks once. */
  async openPreview(): Promise<void> {
    this.#stopWatching ??= devices.onChange(() => void this.#list());
    const wanted = [this.slots.camera, this.slots.microphone].filter(({ source }) => this.may(source));
    await Promise.all([this.#list(), ...wanted.map((slot) => slot.set(true))]);
    // Labels come with the permission.
    await this.#list();
  }

  list(kind: MediaDeviceKind): readonly MediaDeviceInfo[] {
    return this.#known.filter((device) => device.kind === kind && device.deviceId !== '');
  }

  async choose(source: CaptureSource, deviceId: string): Promise<void> {
    if (source !== 'teaCloseUp') savePreferences({ [source]: deviceId });
    await this.slots[source].choose(deviceId);
    await this.#list();
  }

  /** Returns false where there is no second camera to use for it. */
  async toggleCloseUp(): Promise<boolean> {
    const slot = this.slots.teaCloseUp;
    if (slot.on || slot.deviceId !== undefined) {
      await slot.toggle();
      return true;
    }
    const deviceId = chooseCloseUpCamera(this.list('videoinput'), this.slots.camera.deviceId);
    if (deviceId === null) return false;
    await slot.choose(deviceId);
    return true;
  }

  /** Publishes everything that the preview shows. */
  async enter(local: LocalParticipant): Promise<void> {
    await Promise.all(Object.values(this.slots).map((slot) => slot.enter(local)));
  }

  /** In the lobby, also after having spoken aside: what was published is a preview again. */
  async waitOutside(): Promise<void> {
    await Promise.all(Object.values(this.slots).map((slot) => slot.withdraw()));
  }

  exit(): void {
    this.#stopWatching?.();
    this.#stopWatching = null;
    for (const slot of Object.values(this.slots)) slot.exit();
  }

  async #list(): Promise<void> {
    this.#known = await devices.list().catch(() => []);
    this.changed();
  }
}
