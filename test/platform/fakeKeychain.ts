/** What keytar offers, in memory. */
export function createFakeKeychain() {
  const kept = new Map<string, string>();
  const name = (service: string, account: string) => `${service}\n${account}`;
  return {
    getPassword: async (service: string, account: string) => kept.get(name(service, account)) ?? null,
    setPassword: async (service: string, account: string, password: string) => {
      kept.set(name(service, account), password);
    },
    deletePassword: async (service: string, account: string) => kept.delete(name(service, account)),
  };
}
