/* Redis modules are shared objects; a WebAssembly process cannot load one. */
#include <stddef.h>

void *__wrap_dlopen(const char *path, int flags) {
    (void)path;
    (void)flags;
    return NULL;
}

void *__wrap_dlsym(void *handle, const char *symbol) {
    (void)handle;
    (void)symbol;
    return NULL;
}

char *__wrap_dlerror(void) {
    return "shared objects cannot be loaded into a WebAssembly process";
}
