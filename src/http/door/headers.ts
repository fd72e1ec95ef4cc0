import { secureHeaders } from 'hono/secure-headers';

const NONE = "'none'";
const OWN = "'self'";

/** Of every answer on the port but those to webhooks. `Strict-Transport-Security` is for whoever has the TLS: the proxy. */
export const doorHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: [NONE],
    scriptSrc: [OWN],
    styleSrc: [OWN],
    imgSrc: [OWN],
    connectSrc: [OWN],
    formAction: [OWN],
    baseUri: [NONE],
    frameAncestors: [NONE],
  },
  // To others nothing is said. Without any, browsers call the origin of our own forms `null`, as a stranger's.
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  strictTransportSecurity: false,
  originAgentCluster: false,
  xXssProtection: false,
  xDownloadOptions: false,
  permissionsPolicy: {
    camera: false,
    microphone: false,
    geolocation: false,
    payment: false,
    usb: false,
    serial: false,
    hid: false,
    midi: false,
    displayCapture: false,
    screenWakeLock: false,
    fullscreen: false,
    autoplay: false,
    encryptedMedia: false,
    publickeyCredentialsGet: false,
    accelerometer: false,
    gyroscope: false,
    magnetometer: false,
  },
});
