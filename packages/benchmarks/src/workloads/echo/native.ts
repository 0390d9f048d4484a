export { nativeEcho as default } from '../../native-echo.ts'
