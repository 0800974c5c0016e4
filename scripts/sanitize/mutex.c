// Loaded before the tests: tells ThreadSanitizer about a contended `Mutex`. Locking a free one is compiled into the
// caller, where the sanitizer sees it. Waiting and waking are in libswiftSynchronization, which is built without the
// sanitizer, so everything that such a lock protects would look like a race.
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

// Functions of the sanitizer's runtime, which is in the tests but not in the program that starts them.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

// The methods of Synchronization._MutexHandle, whose first field is the lock word.
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock_slow(uint32_t thread, SELF void *handle) __asm__(LOCK);
SWIFT bool try_lock_slow(SELF void *handle) __asm__(TRY_LOCK);
SWIFT void unlock_slow(SELF void *handle) __asm__(UNLOCK);

SWIFT void lock_slow(uint32_t thread, SELF void *handle) {
  SWIFT void (*wait)(uint32_t, SELF void *) = dlsym(RTLD_NEXT, LOCK);
  wait(thread, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT bool try_lock_slow(SELF void *handle) {
  SWIFT bool (*try)(SELF void *) = dlsym(RTLD_NEXT, TRY_LOCK);
  const bool is_locked = try(handle);
  if (is_locked && __tsan_acquire) __tsan_acquire(handle);
  return is_locked;
}

SWIFT void unlock_slow(SELF void *handle) {
  SWIFT void (*wake)(SELF void *) = dlsym(RTLD_NEXT, UNLOCK);
  if (__tsan_release) __tsan_release(handle);
  wake(handle);
}
