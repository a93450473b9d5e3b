/* Host names: dotted IPv4 and "localhost". */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct answer {
    struct addrinfo info;
    struct sockaddr_in address;
};

/* "bind * -::*" asks for IPv6 too: EAFNOSUPPORT makes anet.c and Redis pass over it. */
int __wrap_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **out) {
    if (hints && hints->ai_family == AF_INET6) {
        errno = EAFNOSUPPORT;
        return EAI_FAMILY;
    }
    struct answer *answer = calloc(1, sizeof(*answer));
    if (answer == NULL) return EAI_MEMORY;
    struct sockaddr_in *address = &answer->address;
    address->sin_family = AF_INET;
    address->sin_port = htons(service ? atoi(service) : 0);
    if (node == NULL)
        address->sin_addr.s_addr = hints && hints->ai_flags & AI_PASSIVE ? INADDR_ANY : htonl(INADDR_LOOPBACK);
    else if (!strcmp(node, "localhost"))
        address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    else if (inet_pton(AF_INET, node, &address->sin_addr) != 1) {
        free(answer);
        return EAI_NONAME;
    }
    answer->info.ai_family = AF_INET;
    answer->info.ai_socktype = SOCK_STREAM;
    answer->info.ai_addr = (struct sockaddr *)address;
    answer->info.ai_addrlen = sizeof(*address);
    *out = &answer->info;
    return 0;
}

void __wrap_freeaddrinfo(struct addrinfo *info) {
    free(info);
}
