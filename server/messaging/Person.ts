/** Who asks: one person on all devices. */
export interface Person {
  /** API key. */
  tenant: string;
  /** The token's subject. */
  identity: string;
  name: string;
  /** Stands at the shop's counter. */
  counter: boolean;
}
