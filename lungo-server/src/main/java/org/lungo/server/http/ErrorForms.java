package org.lungo.server.http;

import java.util.List;

/** Bodies of errors, in the form of the protocol whose path was asked. */
record ErrorForms(List<Protocol> protocols) {
    byte[] body(String path, HttpFailure failure) {
        for (Protocol protocol : protocols) {
            if (protocol.isAt(path)) {
                return protocol.error(failure);
            }
        }
        return ErrorBody.of(failure.getMessage());
    }
}
