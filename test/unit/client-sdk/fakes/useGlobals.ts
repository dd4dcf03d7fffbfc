/** Gives each test of a suite globals of its own, and takes them away after it. */
export function useGlobals(): (name: string, value: unknown) => void {
  const had = new Map<string, PropertyDescriptor | undefined>();
  afterEach(() => {
    for (const [name, descriptor] of had) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
    had.clear();
  });
  return (name, value) => {
    if (!had.has(name)) had.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  };
}
