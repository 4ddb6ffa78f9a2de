// Comes with the desktop's windows: it will hand the contract's client to the page, and nothing else.
export {};
