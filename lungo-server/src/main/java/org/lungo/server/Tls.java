package org.lungo.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A certificate and its key, each in PEM.
 *
 * @param certificate the certificate, followed by those that sign it
 * @param key its private key in PKCS #8, not encrypted
 */
public record Tls(Path certificate, Path key) {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    /**
     * What the server shows to its clients: TLS 1.2 and 1.3.
     *
     * @throws IllegalArgumentException when a file is not what it should be
     */
    SslContextFactory.Server context() throws IOException {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStore(store());
        context.setKeyStorePassword("");
        context.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        return context;
    }

    private KeyStore store() throws IOException {
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificate)))
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new IllegalArgumentException(certificate + " holds no certificate in PEM");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("lungo", privateKey(), new char[0], chain);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    certificate + " and " + key + " cannot be used: " + e.getMessage()
                            + "; expected a certificate and its" + " key in PEM",
                    e);
        }
    }

    private PrivateKey privateKey() throws IOException, GeneralSecurityException {
        String pem = Files.readString(key);
        String begin = "-----BEGIN PRIVATE KEY-----";
        int start = pem.indexOf(begin);
        int end = pem.indexOf("-----END PRIVATE KEY-----");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException(
                    key + " must hold a private key in PKCS #8 (BEGIN PRIVATE KEY); make it with"
                            + " openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
        GeneralSecurityException last = new GeneralSecurityException("no key");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }
}
