/** Bytes of a certificate or a key: PEM as text or bytes, one or several. */
export type Pem = string | Uint8Array | readonly (string | Uint8Array)[]

/** How a connection is encrypted: the options of `tls.createSecureContext` that matter to a peer, by Node's names. */
export interface TlsOptions {
  /**
   * A context made by `tls.createSecureContext`, for clients alone; the options below that belong to a context are then
   * ignored.
   */
  secureContext?: object | undefined
  ca?: Pem | undefined
  cert?: Pem | undefined
  key?: Pem | undefined
  pfx?: string | Uint8Array | undefined
  passphrase?: string | undefined
  ciphers?: string | undefined
  minVersion?: 'TLSv1.2' | 'TLSv1.3' | undefined
  maxVersion?: 'TLSv1.2' | 'TLSv1.3' | undefined
  /** The protocols offered by ALPN, the preferred one first. */
  ALPNProtocols?: readonly string[] | undefined
  /** False accepts any certificate. True when absent. */
  rejectUnauthorized?: boolean | undefined
  /** On the server's side: asks the client for a certificate. */
  requestCert?: boolean | undefined
}

/** True for the defaults of the host, or what is to be different. */
export type Ssl = true | TlsOptions

/** The time limits of TLS. */
export interface TlsLimits {
  /** In seconds; 60 when absent. */
  sslHandshakeTimeout?: number | undefined
  /** In seconds; 30 when absent. */
  sslShutdownTimeout?: number | undefined
}
