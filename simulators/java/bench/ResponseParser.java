package bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Parses as much of an HTTP/1.1 answer as is needed to see whether it is complete. */
final class ResponseParser {

    private ResponseParser() {
    }

    /** @return the status; 0 while the answer is incomplete */
    static int statusIfWhole(byte[] bytes, int length) {
        int head = endOfHead(bytes, length);
        if (head < 0) {
            return 0;
        }
        int status = 100 * (bytes[9] - '0') + 10 * (bytes[10] - '0') + bytes[11] - '0';
        if (status == 204 || status == 304) {
            return status;
        }
        String fields = fields(bytes, head);
        String size = value(fields, "content-length");
        boolean whole = size != null ? length - head >= Integer.parseInt(size)
                // The last chunk is an empty one.
                : length - head >= 5 && new String(bytes, length - 5, 5, StandardCharsets.US_ASCII).equals("0\r\n\r\n");
        return whole ? status : 0;
    }

    /** Whether the server closes the connection after this answer. */
    static boolean endsConnection(byte[] bytes, int length) {
        return "close".equals(value(fields(bytes, endOfHead(bytes, length)), "connection"));
    }

    private static String fields(byte[] bytes, int head) {
        return new String(bytes, 0, head, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    private static String value(String fields, String name) {
        int at = fields.indexOf("\r\n" + name + ":");
        if (at < 0) {
            return null;
        }
        int from = at + name.length() + 3;
        return fields.substring(from, fields.indexOf("\r\n", from)).strip();
    }

    /** Offset of the body; below 0 while the head is incomplete. */
    private static int endOfHead(byte[] bytes, int length) {
        for (int at = 3; at < length; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n' && bytes[at - 3] == '\r') {
                return at + 1;
            }
        }
        return -1;
    }
}
