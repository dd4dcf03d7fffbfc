/** As much of a MediaDeviceInfo as the choice needs. */
export interface CameraChoice {
  deviceId: string;
  label: string;
}

/** How phones name the camera that faces the table. */
const facesTable = /back|rear|environment|后置|背面/i;

/**
 * The camera to look into the cup with, when nobody has chosen one: not the one that shows the person; of several, one
 * that faces the table. Null where there is no other camera.
 */
export function chooseCloseUpCamera(cameras: readonly CameraChoice[], personCameraId: string | undefined) {
  const person = personCameraId ?? cameras[0]?.deviceId;
  const others = cameras.filter(({ deviceId }) => deviceId !== person);
  return (others.find(({ label }) => facesTable.test(label)) ?? others[0])?.deviceId ?? null;
}
