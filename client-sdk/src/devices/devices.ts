import { openCamera, openMicrophone } from './openDevice.ts';

/** Cameras, microphones and speakers of this machine. */
export const devices = {
  /**
   * The devices, or those of a kind. Before the user has allowed a camera or microphone, browsers hide the labels and show
   * at most one device of each kind.
   */
  async list(kind?: MediaDeviceKind): Promise<MediaDeviceInfo[]> {
    const media: MediaDevices | undefined = navigator.mediaDevices;
    const all = media ? await media.enumerateDevices() : [];
    return kind ? all.filter((device) => device.kind === kind) : all;
  },

  openCamera,
  openMicrophone,

  /** Calls back when a device is plugged in or out. @returns a function that ends it */
  onChange(callback: (devices: MediaDeviceInfo[]) => void): () => void {
    const media: MediaDevices | undefined = navigator.mediaDevices;
    const changed = () => void devices.list().then(callback, () => undefined);
    media?.addEventListener('devicechange', changed);
    return () => media?.removeEventListener('devicechange', changed);
  },
};
